"""Implementation guides as data, and which envelope each travels in.

| guide | GS01 | GS08 | ST01 | ST03 |
| --- | --- | --- | --- | --- |
| `guide_270` | HS | 005010X279A1 | 270 | 005010X279A1 (or without its A1) |
| `guide_835` | HP | 005010X221A1 | 835 | none (its GS08 is let pass) |

Facts only: which loops, segments, elements and codes, how many and how long. `notation` keeps them short.
"""
