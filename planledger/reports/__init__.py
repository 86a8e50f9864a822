"""Reports: what people read. The pages of the reading room, and the papers that are handed on.

    a visit, or the words of a command -> points: what was asked for, as variables
                                       -> desk: a registered document is carried out -> data
                                       -> pages: a template -> HTML
                                       -> papers: sections and tables -> formats: PDF, CSV, ODS …

Every page and every paper is one registered document (`graphql/trusted/`) and what is made of its
answer: nothing is read past GraphQL, so whoever doubts a page can ask the same and compare.
`wording.py` says values of the schema in plain English, for all of them alike.

Nothing here knows HTTP, and nothing a clock: an answer says from which position and day it was
read.
"""
