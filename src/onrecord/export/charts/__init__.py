"""Charts as SVG, made of records by pure functions: figures over time, timelines, who backs whom, maps.

Each kind has a drawing (`draw_series`), a table that says the same (`series_rows`) and what collects it from a view
(`gather_series`).
"""
