"""What several edges need of the transactions of money: how 835 and 837 are read and written (0058).

It knows loops and segments, and the facts of domains that it reads them into. It decides nothing, keeps
nothing and asks nobody: files come in as bytes, facts go out, and the reverse.
"""
