"""Runs as Metaflow's client reads them: what `headwater export metaflow` writes. Nothing here needs Metaflow."""
