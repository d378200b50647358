// The command line: what the commands' files need of CLI11, without its header, which takes longer to compile
// than they do.
//
// What an option says is there when the command's action runs; until then it has its default.

#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace newswired::cli {

/// One command.  Names are "--sink" of an option or "FILE" of a word.  A copy is the same command.
class Command {
  public:
    Command(CLI::App& app, int& exit_code) : app_{&app}, exit_code_{&exit_code} {}

    Command add_command(std::string const& name, std::string const& help);
    /// One of the commands below this one has to be given.
    void needs_command();

    std::shared_ptr<std::string> add_text(std::string const& name, std::string const& help);
    /// The command line is refused without it.
    std::shared_ptr<std::string> add_needed_text(std::string const& name, std::string const& help);
    /// The help shows the default.
    std::shared_ptr<std::string> add_text_with_default(std::string const& name, std::string const& value,
                                                       std::string const& help);
    /// Any number of them.
    std::shared_ptr<std::vector<std::string>> add_texts(std::string const& name, std::string const& help);
    std::shared_ptr<bool> add_flag(std::string const& name, std::string const& help);
    /// The option `name` is refused beside any of `others`; all of them are there already.
    void exclude(std::string const& name, std::initializer_list<char const*> others);

    /// What the command does; it returns the exit code.
    void does(std::function<int()> action);

  private:
    CLI::App* app_;
    int* exit_code_;
};

/// From within an action: the command line lacks `name`.  Ends the program as a usage error does.
[[noreturn]] void refuse_without(std::string const& name);

/// Reads the command line, to which `add_commands` has added all commands, and does what it says.  Returns
/// the exit code: 64 (EX_USAGE) after a line on stderr when it can't be understood.
int run_program(int count, char** arguments, std::function<void(Command&)> const& add_commands);

}  // namespace newswired::cli
