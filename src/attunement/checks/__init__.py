"""The contracts of the house as code: named checks for any implementation, here or elsewhere.

>>> from attunement.checks.run import checks_for
>>> from attunement.policy.uniform import UniformPolicy
>>> for name, check in checks_for(UniformPolicy()):
...     check()
"""
