/* Leads from another address of a page to the page. A meta refresh would lose what follows `#`, and
   so would not show the comment that a mail links to. */
{
  const target = new URL(document.currentScript.dataset.to, location.href);
  target.search ||= location.search;
  target.hash = location.hash;
  location.replace(target);
}
