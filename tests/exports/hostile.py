"""Texts that hurt spreadsheets, papers and readers: 500 of them, the same each time."""

import random

STARTS = ["=", "+", "-", "@", "\t", "\r", "'=", "''+", "\n=", " =", "\uff1d", "%0A="]
BODIES = [
    'HYPERLINK("http://127.0.0.1/","x")',
    "cmd|'/c calc'!A1",
    "1+1",
    "SUM(A1:A9)",
    'IMPORTXML("http://127.0.0.1/?"&A1,"//a")',
    'WEBSERVICE("http://127.0.0.1/")',
    '<img src="http://127.0.0.1/">',
    '<font color="[[...]]">',
    '#image("/etc/passwd")',
    "$\\frac{1}{2}$",
    "#let x = 1",
    'a,b"c',
    "line one\r\nline two",
    "_x000B_",
    "衞生署鰂魚涌𨋢",
    "]]>&amp;&lt;",
    "{{ 7 * 7 }}",
    "\x0bvertical",
    "a\x00b\x1fc",
    "\u202etxt.exe",
    "\ufffe\uffff",
    "x" * 300,
    "",
]


def texts(count: int = 500, seed: int = 20261122) -> list[str]:
    chosen = random.Random(seed)
    pairs = [start + body for start in ["", *STARTS] for body in BODIES]
    while len(pairs) < count:
        pairs.append(chosen.choice(STARTS) + chosen.choice(BODIES) + chosen.choice(BODIES))
    return pairs[:count]
