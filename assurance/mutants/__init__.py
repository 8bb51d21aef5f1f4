"""Our own source with one small thing wrong in; whether a test notices out.

``python -m assurance mutants [--sample N] [--seed S] [PATH …]``. In the order of what happens: ``operators`` make the
mutants of a file, ``drawing`` takes a sample, ``recording`` finds out once which tests execute each line, ``choosing``
puts those of a mutant in order, ``warm`` tries mutants of functions in forks of a process that has everything loaded,
``afresh`` those of what runs at import, ``survivors`` says which of the others are argued, ``report`` prints.
"""
