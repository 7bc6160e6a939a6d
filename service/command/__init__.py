"""What the command's sub-commands share: their arguments and options, and what the terminal shows while they run."""
