"""Lines of enquiry: suggested from what is known of each organisation, chosen and worded for the day."""
