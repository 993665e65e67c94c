(function () {
  "use strict";
  var root = document.documentElement;
  function show(lang) {
    root.setAttribute("data-lang", lang);
    root.setAttribute("lang", lang);
    try { localStorage.setItem("fansipan-lang", lang); } catch (error) { /* a page opened from a file may not keep things */ }
  }
  var asked = new URLSearchParams(location.search).get("lang");
  var kept = null;
  try { kept = localStorage.getItem("fansipan-lang"); } catch (error) { kept = null; }
  if (asked === "en" || asked === "vi") { show(asked); } else if (kept) { show(kept); }
  document.getElementById("language").addEventListener("click", function () {
    show(root.getAttribute("data-lang") === "vi" ? "en" : "vi");
  });
}());
(function () {
  "use strict";
  // Maps that move: drag or arrow keys, wheel or + and -; nothing is loaded.
  document.querySelectorAll(".movable").forEach(function (frame) {
    var svg = frame.querySelector("svg"), world = frame.querySelector(".world");
    var box = svg.viewBox.baseVal, scale = 1, x = 0, y = 0, held = null;
    function draw() { world.setAttribute("transform", "translate(" + x + " " + y + ") scale(" + scale + ")"); world.style.setProperty("--zoom", scale); }
    function zoom(factor, cx, cy) {
      var next = Math.min(40, Math.max(1, scale * factor));
      x = cx - (cx - x) * next / scale; y = cy - (cy - y) * next / scale; scale = next;
      if (scale === 1) { x = 0; y = 0; }
      draw();
    }
    function at(event) {
      var place = svg.getBoundingClientRect();
      return [(event.clientX - place.left) * box.width / place.width, (event.clientY - place.top) * box.height / place.height];
    }
    svg.addEventListener("wheel", function (event) { event.preventDefault(); var p = at(event); zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, p[0], p[1]); }, { passive: false });
    svg.addEventListener("pointerdown", function (event) { held = at(event); svg.setPointerCapture(event.pointerId); });
    svg.addEventListener("pointermove", function (event) { if (held) { var p = at(event); x += p[0] - held[0]; y += p[1] - held[1]; held = p; draw(); } });
    svg.addEventListener("pointerup", function () { held = null; });
    svg.addEventListener("keydown", function (event) {
      var step = { ArrowLeft: [30, 0], ArrowRight: [-30, 0], ArrowUp: [0, 30], ArrowDown: [0, -30] }[event.key];
      if (step) { event.preventDefault(); x += step[0]; y += step[1]; draw(); }
      if (event.key === "+" || event.key === "=") { zoom(1.3, box.width / 2, box.height / 2); }
      if (event.key === "-") { zoom(1 / 1.3, box.width / 2, box.height / 2); }
    });
    frame.querySelectorAll("button").forEach(function (button) {
      button.addEventListener("click", function () {
        if (button.dataset.zoom === "whole") { scale = 1; x = 0; y = 0; draw(); } else { zoom(button.dataset.zoom === "in" ? 1.4 : 1 / 1.4, box.width / 2, box.height / 2); }
      });
    });
  });
}());
