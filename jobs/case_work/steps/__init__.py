"""The stations a case passes, shared by the job kinds: work, write, bind, seal."""
