"""What was lost from a text, and putting it back.

`condition` finds out from the text itself and is all that an intact text costs. `restore` asks the model, which `network`
runs on what `features` makes of the text, and makes edits of what `choose` takes of the letters it proposes, and `ends` of
the sentence ends. Figures cannot be restored: `figures` says where one clearly stood.
"""
