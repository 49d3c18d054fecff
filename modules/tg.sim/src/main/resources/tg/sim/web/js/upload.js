const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

function base64(file) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(new Error(`${file.name} cannot be read.`));
  reader.readAsDataURL(file);
  return promise;
}

/** The part of a /sim/say body that carries a file: pictures go as photos. */
export async function outgoingFile(file) {
  const data = await base64(file);
  if (PICTURES.includes(file.type)) return { photo: { base64: data } };
  const type = file.type || "application/octet-stream";
  return { document: { name: file.name, mime_type: type, base64: data } };
}
