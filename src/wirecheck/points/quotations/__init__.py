"""Quote groups: which quotations of different documents are one utterance, and what happened to it on its way.

The unit is the run of marks (`runs`). Runs of two documents are linked when they share words that only one utterance
explains (`links`); linked runs form an utterance. For every two documents of an utterance the runs are laid side by
side, a run that the other document breaks up against all of its parts, and their wordings are compared (`pairs`).
Indirect speech joins an utterance as its paraphrase (`retelling`). `groups` makes of it what a report shows, `reasons`
says it in a sentence; `parting` parts, before all that, what another document sets apart.
"""
