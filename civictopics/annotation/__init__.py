"""Labels go out to people and come back: tasks for annotation tools, one flat file of labels, agreement, errors."""
