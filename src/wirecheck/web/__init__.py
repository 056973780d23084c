"""The app of `wirecheck serve`: forms and pages over one archive, for one desk, on this machine."""
