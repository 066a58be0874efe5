"""The cards under a message of what its words link to: pages of ours (`own`), as far as each viewer
may see them, and others' addresses, of which accounts/linking keeps one card for everybody.

Words are stored without a look at their links; a job reads them a moment later (`reading`).
"""
