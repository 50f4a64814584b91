"""The parts of the agent: texts that ``agent.py`` executes in one namespace, those that a launch needs; no modules."""
