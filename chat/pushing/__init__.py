"""Telling the devices of those who are not looking what was said, behind the writer's back.

A process that stored messages hints at it (`poking`); a job looks which of them are worth a push,
and to whom (`looking`, `hearing`); each push is a job of its own (`sending`), in words (`words`).
"""
