(function () {
  "use strict";
  var root = document.documentElement;
  function show(lang) {
    root.setAttribute("data-lang", lang);
    root.setAttribute("lang", lang);
    document.title = document.querySelector("title").getAttribute("data-" + lang);
    try { localStorage.setItem("fansipan-lang", lang); } catch (error) { /* a page opened from a file may not keep things */ }
  }
  var asked = new URLSearchParams(location.search).get("lang");
  var kept = null;
  try { kept = localStorage.getItem("fansipan-lang"); } catch (error) { kept = null; }
  if (asked === "en" || asked === "vi") { show(asked); } else if (kept) { show(kept); }
  document.getElementById("language").addEventListener("click", function () {
    show(root.getAttribute("data-lang") === "vi" ? "en" : "vi");
  });
  // Long tables are folded; without this script every row stands there.
  document.querySelectorAll(".unfold").forEach(function (button) {
    var table = button.previousElementSibling;
    table.classList.add("folded");
    button.hidden = false;
    button.addEventListener("click", function () { table.classList.remove("folded"); button.hidden = true; });
  });
}());
