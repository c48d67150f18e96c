"""Who gets data, by which way and in which country: plain typed edges that rules, notice, record and drawing all ask."""
