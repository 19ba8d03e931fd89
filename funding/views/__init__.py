"""Pages of requests, rounds and money: find what is visible, parse, call one service, answer."""
