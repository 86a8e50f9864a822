"""Recording: the everyday changes as people fill them in, on a form or in a row of a sheet.

    texts by the names of fields -> acts: a command, or what is wrong with which field
    a refusal of the ledger      -> acts: the field it is about, in the form's own words

A form shows one act; a sheet has an act a row. Both are read by the same code, so that what a form
takes a sheet takes. Nothing here records: that is the ledger's.
"""
