"""What the console script can do, one module per command, and what these modules share."""
