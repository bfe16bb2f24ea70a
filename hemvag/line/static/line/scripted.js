// Runs before the page is drawn, so that what scripts fold away is never seen unfolded.
document.documentElement.classList.add("scripted");
