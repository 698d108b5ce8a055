/**
 * Records by key that knows which of them may have changed: those that were set, deleted or handed out by `get`.
 * Who changes a record that it holds for longer, or found by going through all, tells so with `touch`.
 */
export class RecordMap<Value> extends Map<string, Value> {
  // Not set while the constructor of Map runs.
  #touched: Set<string> | undefined = new Set()
  #onTouch: (() => void) | undefined

  /** Has `onTouch` called whenever a record may have changed. */
  follow(onTouch: () => void): void {
    this.#onTouch = onTouch
  }

  touch(key: string): void {
    this.#touched?.add(key)
    this.#onTouch?.()
  }

  override get(key: string): Value | undefined {
    const value = super.get(key)
    if (value !== undefined) this.touch(key)
    return value
  }

  override set(key: string, value: Value): this {
    super.set(key, value)
    this.touch(key)
    return this
  }

  override delete(key: string): boolean {
    this.touch(key)
    return super.delete(key)
  }

  /** The keys that were touched since it was last asked, with what is there now. */
  takeTouched(): [string, Value | undefined][] {
    const keys = [...(this.#touched ?? [])]
    this.#touched?.clear()
    return keys.map((key) => [key, super.get(key)])
  }
}
