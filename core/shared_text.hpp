// A text that many hold and nobody changes: copies share its bytes.  For the bodies of articles, which go
// from the poll through the store to every sink.

#pragma once

#include <concepts>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace newswired {

class SharedText {
  public:
    SharedText() = default;
    SharedText(std::string text)  // NOLINT(google-explicit-constructor): takes the place of a string
        : text_{text.empty() ? nullptr : std::make_shared<std::string const>(std::move(text))} {}
    SharedText(std::string_view text)
        : SharedText{std::string{text}} {}                           // NOLINT(google-explicit-constructor)
    SharedText(char const* text) : SharedText{std::string{text}} {}  // NOLINT(google-explicit-constructor)

    std::string_view view() const { return text_ ? std::string_view{*text_} : std::string_view{}; }
    operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
    explicit operator std::string() const { return std::string{view()}; }
    std::size_t size() const { return view().size(); }
    bool empty() const { return view().empty(); }
    bool starts_with(std::string_view prefix) const { return view().starts_with(prefix); }

    template <typename T>
    requires std::convertible_to<T const&, std::string_view>
    friend bool operator==(SharedText const& a, T const& b) { return a.view() == std::string_view{b}; }
    friend std::ostream& operator<<(std::ostream& out, SharedText const& text) { return out << text.view(); }

  private:
    std::shared_ptr<std::string const> text_;
};

}  // namespace newswired
