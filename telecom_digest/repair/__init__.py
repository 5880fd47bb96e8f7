"""What was lost from a text, and putting it back.

`condition` finds out from the text itself and is all that an intact text costs; `restore` asks the model, which only
`network` runs, on what `features` makes of the text, and `ends` chooses among the sentence ends it proposes. Figures
cannot be restored: `figures` says where one clearly stood.
"""

from telecom_digest.repair.condition import diagnose

__all__ = ["diagnose"]
