"""Pages and feeds from the network, asked for only where somebody gives an address.

`remote.read_address` reads a page, or the pages of a feed. `fetching.Fetcher` gets them: politely, within limits, and
from public addresses alone, which `guard` sees to where the connection is made.
"""
