/** Roles of ARIA 1.2 that an element can have and be found by: the abstract ones, and those that take the role away, are left out. */
export const ARIA_ROLES: readonly string[] =
  `alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
  complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell
  group heading img insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox
  menuitemradio meter navigation note option paragraph progressbar radio radiogroup region row rowgroup rowheader scrollbar
  search searchbox separator slider spinbutton status strong subscript superscript switch tab table tablist tabpanel term
  textbox time timer toolbar tooltip tree treegrid treeitem`.split(/\s+/);
