// Shows the API's description from this server only.
window.addEventListener("load", () => {
  SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, displayRequestDuration: true, docExpansion: "list", defaultModelsExpandDepth: 0, validatorUrl: null, tryItOutEnabled: false });
});
