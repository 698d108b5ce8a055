/** @typedef {Node | string | number | undefined | false} Child */

const svgNamespace = 'http://www.w3.org/2000/svg'
const svgTags = new Set(['svg', 'rect'])

/**
 * Makes an element. Text becomes text nodes, never markup, whatever is in it.
 *
 * @param {string} tag
 * @param {Readonly<Record<string, string | number | undefined>>} [attributes] those that are undefined are left out
 * @param {...(Child | readonly Child[])} children
 * @returns {Element}
 */
export function h(tag, attributes = {}, ...children) {
  const element = svgTags.has(tag) ? document.createElementNS(svgNamespace, tag) : document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value))
  }
  for (const child of children.flat()) {
    if (child !== undefined && child !== false && child !== '')
      element.append(child instanceof Node ? child : String(child))
  }
  return element
}

/**
 * Stands for an element that is on the page already and has not changed.
 *
 * @param {string} tag
 * @param {string} key
 */
export const unchanged = (tag, key) => h(tag, {'data-key': key, 'data-unchanged': ''})

/** What the reader has done stays: what is opened, typed and ticked. */
const ownedByReader = new Set(['open', 'value', 'checked'])

/**
 * Makes the children of an element like new ones, and keeps every node that can stay: focus, selection and scrolling
 * survive. Elements with the same `data-key` are the same thing.
 *
 * @param {Element} target
 * @param {readonly Node[]} wanted
 */
export function morphChildren(target, wanted) {
  const keys = new Set(wanted.map(keyOf))
  /** @type {Map<string, ChildNode>} */
  const present = new Map()
  for (const child of [...target.childNodes]) {
    const key = keyOf(child)
    if (key === undefined) continue
    if (keys.has(key)) present.set(key, child)
    else child.remove()
  }
  let cursor = target.firstChild
  for (const node of wanted) {
    const key = keyOf(node)
    const match = key === undefined ? sameKind(cursor, node) : present.get(key)
    if (match === undefined) target.insertBefore(node, cursor)
    else {
      if (match === cursor) cursor = cursor.nextSibling
      else target.insertBefore(match, cursor)
      morphNode(match, node)
    }
  }
  while (cursor !== null) {
    const next = cursor.nextSibling
    cursor.remove()
    cursor = next
  }
}

/**
 * @param {Node} target
 * @param {Node} wanted
 */
function morphNode(target, wanted) {
  if (!(target instanceof Element) || !(wanted instanceof Element)) {
    if (target.nodeValue !== wanted.nodeValue) target.nodeValue = wanted.nodeValue
    return
  }
  if (wanted.hasAttribute('data-unchanged')) return
  for (const {name} of [...target.attributes]) {
    if (!wanted.hasAttribute(name) && !ownedByReader.has(name)) target.removeAttribute(name)
  }
  for (const {name, value} of wanted.attributes) {
    if (target.getAttribute(name) !== value && !ownedByReader.has(name)) target.setAttribute(name, value)
  }
  morphChildren(target, [...wanted.childNodes])
}

/**
 * @param {Node} node
 * @returns {string | undefined}
 */
const keyOf = (node) => (node instanceof Element ? (node.getAttribute('data-key') ?? undefined) : undefined)

/**
 * @param {ChildNode | null} present
 * @param {Node} wanted
 * @returns {ChildNode | undefined}
 */
const sameKind = (present, wanted) =>
  present !== null && present.nodeName === wanted.nodeName && keyOf(present) === undefined ? present : undefined
