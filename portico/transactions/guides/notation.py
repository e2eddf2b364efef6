"""A short way to write down elements: R("98", "IL") is data element 98, required, with one code.

`DICTIONARY` holds type and lengths of each data element of 005010 that a guide here uses.
"""

from portico.shared.x12.grammar_parts import Composite, Element, Kind

DICTIONARY: dict[str, tuple[Kind, int, int]] = {
    number: (Kind(kind), int(least), int(most))
    for number, kind, least, most in (
        entry.split()
        for entry in """
            19 AN 2 30; 26 ID 2 3; 66 ID 1 2; 67 AN 2 80; 81 R 1 10; 93 AN 1 60; 98 ID 2 3; 100 ID 3 3;
            116 ID 3 15; 118 R 1 9; 127 AN 1 50; 128 ID 2 3; 156 ID 2 2; 166 AN 1 55; 234 AN 1 48; 235 ID 2 2;
            305 ID 1 2; 306 ID 1 2; 332 R 1 6; 337 TM 4 8; 338 R 1 6; 350 AN 1 20; 352 AN 1 80; 353 ID 2 2;
            355 ID 2 2; 363 ID 3 3; 364 AN 1 256; 365 ID 2 2; 366 ID 2 2; 373 DT 8 8; 374 ID 3 3; 380 R 1 15;
            426 ID 2 2; 429 AN 1 16; 449 AN 1 80; 478 ID 1 1; 481 ID 1 2; 506 ID 2 2; 507 AN 3 12;
            508 AN 1 35; 509 AN 10 10; 510 AN 9 9; 522 ID 1 3; 554 N0 1 6; 559 ID 2 2; 569 ID 1 3; 591 ID 3 3;
            594 ID 1 1; 615 ID 1 2; 616 N0 1 3; 628 AN 1 12; 640 ID 2 2; 673 ID 2 2; 678 ID 1 2; 679 ID 1 1;
            734 AN 1 12; 735 ID 1 2; 736 ID 1 1; 737 ID 2 2; 738 ID 1 3; 739 R 1 20; 755 ID 2 2; 756 ID 1 2;
            757 N0 1 2; 782 R 1 18; 799 AN 1 30; 812 ID 1 10; 889 ID 1 1; 901 ID 2 2; 923 ID 1 1;
            933 AN 1 264; 934 ID 2 2; 954 R 1 10; 1005 ID 4 4; 1028 AN 1 38; 1029 ID 1 2; 1032 ID 1 2;
            1033 ID 1 2; 1034 ID 1 5; 1035 AN 1 60; 1036 AN 1 35; 1037 AN 1 25; 1039 AN 1 10; 1065 ID 1 1;
            1068 ID 1 1; 1069 ID 2 2; 1073 ID 1 1; 1136 ID 2 2; 1138 ID 1 1; 1166 ID 2 2; 1167 R 1 6;
            1207 ID 3 3; 1213 ID 1 1; 1221 ID 1 3; 1250 ID 2 3; 1251 period 1 35; 1270 ID 1 3; 1271 AN 1 30;
            1314 ID 1 1; 1315 ID 1 1; 1317 ID 1 1; 1321 ID 2 3; 1322 ID 1 1; 1325 ID 1 1; 1327 ID 1 1;
            1328 N0 1 2; 1331 AN 1 2; 1332 ID 1 2; 1334 ID 1 1; 1336 ID 1 3; 1337 ID 1 1; 1338 ID 1 3;
            1339 AN 2 2; 1340 ID 1 1; 1341 ID 1 1; 1342 ID 1 1; 1345 ID 1 1; 1351 ID 1 1; 1352 ID 1 2;
            1354 ID 1 4; 1358 ID 1 1; 1359 ID 1 1; 1360 ID 1 1; 1361 ID 1 2; 1362 ID 2 3; 1363 ID 1 1;
            1364 ID 1 1; 1365 ID 1 2; 1366 ID 2 3; 1368 ID 2 3; 1369 ID 1 2; 1371 R 1 10; 1470 N0 1 9;
            1473 ID 2 2; 1514 ID 1 2; 1525 ID 1 2; 1526 ID 1 2; 1527 ID 1 2; 1715 ID 1 3
        """.split(";")
    )
}
N = Element("", Kind.TEXT, 0, 0, "N")


def R(number: str, codes: str = "", *, repeats: int = 1) -> Element:
    """Answers a required element, with its allowed codes where the guide lists them."""
    return _element(number, "R", codes, repeats)


def S(number: str, codes: str = "", *, repeats: int = 1) -> Element:
    """Answers a situational element, likewise."""
    return _element(number, "S", codes, repeats)


def unused(count: int) -> tuple[Element, ...]:
    """Answers so many elements that the standard has and the guide leaves out."""
    return (N,) * count


def composite(number: str, usage: str, *parts: Element) -> Composite:
    """Answers an element made of components."""
    return Composite(number, usage, parts)


def _element(number: str, usage: str, codes: str, repeats: int) -> Element:
    return Element(number, *DICTIONARY[number], usage, frozenset(codes.split()), repeats)
