"""How fast the two stages run, beside what they stand on and beside their peers: `./scripts/bench`.

Times are CPU time of this machine's cores while it does whatever else it does; ratios are of runs that alternate in one
process, and a ratio is what should be read.
"""
