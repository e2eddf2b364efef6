"""Implementation guides that several edges read or write, as data, and which envelope each travels in.

| guide | GS01 | GS08 | ST01 | ST03 |
| --- | --- | --- | --- | --- |
| `guide_835` | HP | 005010X221A1 | 835 | none (its GS08 is let pass) |
| `guide_837p` | HC | 005010X222A1 | 837 | 005010X222A1 |
| `guide_837i` | HC | 005010X223A2 | 837 | 005010X223A2 |

Facts only: which loops, segments, elements and codes, how many and how long. `notation` keeps them short.
"""
