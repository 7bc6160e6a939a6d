"""Everything that touches the outside world, one room for each concern: README.md draws them; cli.py is the door."""
