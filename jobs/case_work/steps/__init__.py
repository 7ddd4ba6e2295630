"""The stations a case passes, shared by the job kinds: study, write, bind, seal."""
