(function () {
  "use strict";
  // Maps that move: drag, two fingers, wheel, arrow keys, + and -; what is under the pointer is named. Nothing is loaded.
  var MOST = 40;
  document.querySelectorAll(".movable").forEach(function (frame) {
    var svg = frame.querySelector("svg"), world = frame.querySelector(".world"), told = frame.querySelector(".told");
    var box = svg.viewBox.baseVal, scale = 1, x = 0, y = 0, held = new Map(), moved = false;
    var names = svg.querySelectorAll("text[data-from]"), large = 1;
    function within(value, size) { return Math.min(0, Math.max(size * (1 - scale), value)); }
    function draw() {
      x = within(x, box.width); y = within(y, box.height);
      world.setAttribute("transform", "translate(" + x + " " + y + ") scale(" + scale + ")");
      world.style.setProperty("--zoom", scale);
      frame.classList.toggle("zoomed", scale > 1);
      names.forEach(function (name) { name.classList.toggle("minor", name.dataset.from > scale / large + 0.001); });
    }
    function zoom(factor, cx, cy) {
      var next = Math.min(MOST, Math.max(1, scale * factor));
      x = cx - (cx - x) * next / scale; y = cy - (cy - y) * next / scale; scale = next; draw();
    }
    function at(event) {
      var place = svg.getBoundingClientRect();
      return [(event.clientX - place.left) * box.width / place.width, (event.clientY - place.top) * box.height / place.height];
    }
    function apart(points) { return Math.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]) || 1; }
    function between(points) { return [(points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2]; }
    function name(place) {
      var lang = document.documentElement.getAttribute("data-lang");
      told.textContent = place ? place.getAttribute("data-" + lang) || "" : "";
    }
    function fit() {
      // How small the picture is drawn, by the tighter of its sides: names and marks grow by as much.
      var drawn = Math.min((svg.clientWidth || box.width) / box.width, (svg.clientHeight || box.height) / box.height);
      large = Math.min(1.7, Math.max(1, 1 / drawn));
      frame.style.setProperty("--fit", large);
    }
    svg.addEventListener("wheel", function (event) {
      if (scale === 1 && event.deltaY > 0) { return; }
      event.preventDefault(); var p = at(event); zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, p[0], p[1]);
    }, { passive: false });
    svg.addEventListener("pointerdown", function (event) { held.set(event.pointerId, at(event)); moved = false; });
    svg.addEventListener("pointermove", function (event) {
      if (!held.has(event.pointerId)) { return; }
      var before = Array.from(held.values()), last = held.get(event.pointerId), p = at(event);
      held.set(event.pointerId, p);
      if (held.size === 2) {
        var after = Array.from(held.values()), middle = between(after), was = between(before);
        x += middle[0] - was[0]; y += middle[1] - was[1];
        zoom(apart(after) / apart(before), middle[0], middle[1]); moved = true;
      } else if (scale > 1) {
        if (!moved && Math.hypot(p[0] - last[0], p[1] - last[1]) > 2) { moved = true; svg.setPointerCapture(event.pointerId); }
        x += p[0] - last[0]; y += p[1] - last[1]; draw();
      }
    });
    ["pointerup", "pointercancel", "pointerleave"].forEach(function (kind) {
      svg.addEventListener(kind, function (event) { held.delete(event.pointerId); });
    });
    svg.addEventListener("keydown", function (event) {
      var step = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] }[event.key];
      if (step && scale > 1) { event.preventDefault(); x += step[0]; y += step[1]; draw(); }
      if (event.key === "+" || event.key === "=") { zoom(1.3, box.width / 2, box.height / 2); }
      if (event.key === "-") { zoom(1 / 1.3, box.width / 2, box.height / 2); }
      if (event.key === "0" || event.key === "Home") { event.preventDefault(); zoom(0, 0, 0); }
    });
    frame.querySelectorAll("[data-vi]").forEach(function (place) {
      var title = place.querySelector("title");
      if (title) { title.remove(); }
      place.setAttribute("aria-label", place.getAttribute("data-vi"));
      ["pointerenter", "focus", "click"].forEach(function (kind) { place.addEventListener(kind, function () { name(place); }); });
      ["pointerleave", "blur"].forEach(function (kind) {
        place.addEventListener(kind, function (event) { if (event.pointerType !== "touch") { name(null); } });
      });
    });
    frame.querySelectorAll("button").forEach(function (button) {
      button.addEventListener("click", function () {
        var factor = { in: 1.4, out: 1 / 1.4, whole: 0 }[button.dataset.zoom];
        zoom(factor, box.width / 2, box.height / 2);
      });
    });
    window.addEventListener("resize", function () { fit(); draw(); }); fit(); draw();
  });
}());
