// Trains by any algorithm of CRFsuite; npm `crfsuite` itself offers lbfgs alone. Arguments: algorithm, data file, then names and
// values of parameters. Data: a line for each token, tag and attributes between tabs; an empty line after each sequence. The log
// goes to standard output, and no model is written.
#include <fstream>
#include <iostream>
#include <sstream>

#include "crfsuite.hpp"

class Trainer : public CRFSuite::Trainer {
 public:
  void message(const std::string& text) override { std::cout << text; }
};

int main(int count, char** arguments) {
  if (count < 3) return 2;
  Trainer trainer;
  if (!trainer.select(arguments[1], "crf1d")) return 3;
  std::ifstream data(arguments[2]);
  CRFSuite::ItemSequence items;
  CRFSuite::StringList labels;
  for (std::string line; std::getline(data, line);) {
    if (line.empty()) {
      if (!items.empty()) trainer.append(items, labels, 0);
      items.clear();
      labels.clear();
      continue;
    }
    std::stringstream fields(line);
    std::string field;
    std::getline(fields, field, '\t');
    labels.push_back(field);
    CRFSuite::Item item;
    while (std::getline(fields, field, '\t')) item.push_back(CRFSuite::Attribute(field));
    items.push_back(item);
  }
  for (int i = 3; i + 1 < count; i += 2) trainer.set(arguments[i], arguments[i + 1]);
  return trainer.train("", -1);
}
