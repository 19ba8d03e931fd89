"""Every write of exports."""

from exports.services.asking import Sent, ask, begin_direct, end_direct, must_wait, sending
from exports.services.keeping import cancel, made_by_us, open_file, sweep
from exports.services.layouts import delete_layout, keep_layout
from exports.services.making import make, take_up

__all__ = [
    "Sent",
    "ask",
    "begin_direct",
    "cancel",
    "delete_layout",
    "end_direct",
    "keep_layout",
    "made_by_us",
    "make",
    "must_wait",
    "open_file",
    "sending",
    "sweep",
    "take_up",
]
