// Run by Rhino: validate.js FLAVOUR FILE... prints one JSON line per file with the rules it breaks.
importPackage(Packages.org.verapdf.pdfa);
importPackage(Packages.org.verapdf.pdfa.flavours);
importPackage(Packages.org.verapdf.gf.foundry);

VeraGreenfieldFoundryProvider.initialise();
var flavour = PDFAFlavour.fromString(arguments[0]);
for (var i = 1; i < arguments.length; i++) {
  var broken = {};
  try {
    var stream = new java.io.FileInputStream(arguments[i]);
    var parser = Foundries.defaultInstance().createParser(stream, flavour);
    var result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
    var failed = result.getFailedChecks().entrySet().iterator();
    while (failed.hasNext()) {
      var one = failed.next();
      broken[String(one.getKey().getClause()) + "-" + one.getKey().getTestNumber()] = Number(one.getValue());
    }
    parser.close();
    print(JSON.stringify({file: String(arguments[i]), passed: Boolean(result.isCompliant()), broken: broken}));
  } catch (error) {
    print(JSON.stringify({file: String(arguments[i]), passed: false, broken: {error: String(error)}}));
  }
}
