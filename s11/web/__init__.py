"""What every page shares: guards, the one commit, errors, headers, navigation, forms."""
