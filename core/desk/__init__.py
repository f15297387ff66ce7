"""The one write path: loads a situation, decides, keeps what happened."""
