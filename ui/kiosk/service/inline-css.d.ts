// A style sheet as text: the build fetches it with the part that it belongs to (Vite, "?inline").
declare module '*.css?inline' {
  const css: string
  export default css
}
