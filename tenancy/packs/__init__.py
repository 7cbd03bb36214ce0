"""Report packs: chosen reports of many organizations over one period, one archive an organization (DESIGN 9)."""
