"""How the reader's network is made, as steps: prepare, train, export, gate."""
