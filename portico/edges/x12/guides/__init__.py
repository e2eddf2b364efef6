"""Implementation guides as data, and which envelope each travels in.

| guide | GS01 | GS08 | ST01 | ST03 |
| --- | --- | --- | --- | --- |
| `guide_270` | HS | 005010X279A1 | 270 | 005010X279A1 (or without its A1) |
| `guide_276` | HR | 005010X212 | 276 | 005010X212 |
| `guide_277` | HN | 005010X212 | 277 | 005010X212 |

Facts only: which loops, segments, elements and codes, how many and how long. `portico.transactions.guides`
holds those that other edges read too, and the notation that keeps them short.
"""
