// Tells the page around this one how high the figure is, so that it can make the frame as high.
//   out:  a message {"impact": "height", "height": pixels} to the page around, whenever the height changes
//   not:  anything else: no message is read

const tell = () => parent.postMessage({ impact: "height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
if (parent !== self) new ResizeObserver(tell).observe(document.documentElement);
