// Tells the page that waits that its person is signed in again, and closes the window it opened for that.
if ("BroadcastChannel" in window) new BroadcastChannel("s11-signed-in").postMessage("again");
window.close();
