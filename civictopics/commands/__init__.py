"""What the commands do: each yields lines for the command line to print."""
