#include "articles/page/metadata/json_ld.hpp"

#include "core/json_surrogates.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace newswired::articles::page {

using namespace html;
namespace json = boost::json;

namespace {

// A page has a few scripts with a few things in each; what has more is a catalogue.
constexpr std::size_t kMaxThings = 2000;

std::string text_of(json::value const& value) {
    if (auto const* const text = value.if_string()) {
        return std::string{trim(std::string_view{text->data(), text->size()})};
    }
    if (auto const* const object = value.if_object()) {
        for (auto const* const key : {"@value", "name", "url", "@id"}) {
            if (auto const* const inner = object->if_contains(key); inner != nullptr && inner->is_string()) {
                return text_of(*inner);
            }
        }
    }
    if (auto const* const list = value.if_array(); list != nullptr && !list->empty()) {
        return (*list)[0].is_array() ? std::string{} : text_of((*list)[0]);
    }
    return {};
}

std::string text_at(json::object const& object, std::string_view key) {
    auto const* const value = object.if_contains(key);
    return value == nullptr ? std::string{} : text_of(*value);
}

// The first word that fits: "NewsArticle", ["Article", "BlogPosting"], "https://schema.org/Article".
enum class Type { other, page, article };

Type type_of(json::object const& object) {
    auto const* const type = object.if_contains("@type");
    if (type == nullptr) {
        return Type::other;
    }
    auto read = [](json::value const& value) {
        auto const text = text_of(value);
        std::string_view name{text};
        name.remove_prefix(name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1);
        if (name.ends_with("Article") || name.ends_with("Posting") || name == "Report" || name == "Recipe" ||
            name == "Review" || name == "LiveBlogPosting" || name == "CreativeWork") {
            return Type::article;
        }
        return name.ends_with("Page") ? Type::page : Type::other;
    };
    if (auto const* const list = type->if_array()) {
        auto best = Type::other;
        for (auto const& one : *list) {
            best = std::max(best, read(one));
        }
        return best;
    }
    return read(*type);
}

class Reader {
  public:
    void script(std::string_view source);
    JsonLd finish();

  private:
    struct Thing {
        json::object object;
        Type type;
    };

    void collect(json::value const& value, int depth);
    void people(json::value const& value, std::vector<Author>& authors) const;
    bool is_person(json::value const& value) const;
    void fill(JsonLd& found, json::object const& object) const;
    json::object const* by_id(std::string_view id) const;

    std::vector<Thing> things_;
    std::vector<json::object> named_;
};

// Line ends and tabs inside strings are the commonest mistake; some hide the whole in a comment or CDATA.
std::string mended(std::string_view source) {
    std::string out{trim(source)};
    for (std::string_view const wrap :
         {"<!--", "-->", "//<![CDATA[", "//]]>", "/*<![CDATA[*/", "/*]]>*/", "<![CDATA[", "]]>"}) {
        if (auto const at = out.find(wrap); at != std::string::npos && (at < 16 || at + 32 > out.size())) {
            out.erase(at, wrap.size());
        }
    }
    for (auto& c : out) {
        if (static_cast<unsigned char>(c) < ' ') {
            c = ' ';
        }
    }
    while (!out.empty() && (is_space(out.back()) || out.back() == ';')) {
        out.pop_back();
    }
    return out;
}

void Reader::script(std::string_view source) {
    json::parse_options options;
    options.allow_trailing_commas = true;
    options.allow_comments = true;
    options.allow_invalid_utf8 = true;
    options.max_depth = 48;
    boost::system::error_code error;
    auto const text = mended(source);
    auto value = json::parse(text, error, {}, options);
    if (auto const whole = error ? with_whole_characters(text) : std::nullopt) {
        value = json::parse(*whole, error, {}, options);
    }
    if (!error) {
        collect(value, 0);
    }
}

void Reader::collect(json::value const& value, int depth) {
    if (depth > 6 || named_.size() > kMaxThings) {
        return;
    }
    if (auto const* const list = value.if_array()) {
        for (auto const& one : *list) {
            collect(one, depth + 1);
        }
        return;
    }
    auto const* const object = value.if_object();
    if (object == nullptr) {
        return;
    }
    if (auto const type = type_of(*object); type != Type::other) {
        things_.push_back({*object, type});
    }
    if (object->contains("@id") && object->size() > 1) {
        named_.push_back(*object);
    }
    for (auto const* const key : {"@graph", "mainEntity", "mainEntityOfPage", "hasPart"}) {
        if (auto const* const inner = object->if_contains(key)) {
            collect(*inner, depth + 1);
        }
    }
}

json::object const* Reader::by_id(std::string_view id) const {
    for (auto const& one : named_) {
        auto const* const own = one.if_contains("@id");
        if (own != nullptr && own->is_string() && own->as_string() == id) {
            return &one;
        }
    }
    return nullptr;
}

void Reader::people(json::value const& value, std::vector<Author>& authors) const {
    if (auto const* const list = value.if_array()) {
        // An organisation among people is their publisher.
        auto const is_person = [](json::value const& one) {
            auto const* const object = one.if_object();
            return object != nullptr && text_at(*object, "@type") == "Person";
        };
        auto const persons = std::any_of(list->begin(), list->end(), is_person);
        for (auto const& one : *list) {
            if (!one.is_array() && (!persons || is_person(one))) {
                people(one, authors);
            }
        }
        return;
    }
    Author author;
    if (auto const* object = value.if_object()) {
        if (!object->contains("name")) {
            auto const* const other = by_id(text_at(*object, "@id"));
            object = other == nullptr ? object : other;
        }
        if (auto const* const name = object->if_contains("name")) {
            if (auto const* const names = name->if_array()) {
                for (auto const& one : *names) {
                    authors.push_back({.name = text_of(one)});
                }
                return;
            }
            author.name = text_of(*name);
        }
        author.url = text_at(*object, "url");
    } else {
        author.name = text_of(value);
    }
    if (!author.name.empty()) {
        authors.push_back(std::move(author));
    }
}

bool Reader::is_person(json::value const& value) const {
    if (auto const* const list = value.if_array()) {
        return !list->empty() && std::all_of(list->begin(), list->end(), [this](json::value const& one) {
            return !one.is_array() && is_person(one);
        });
    }
    auto const* object = value.if_object();
    if (object != nullptr && !object->contains("@type")) {
        object = by_id(text_at(*object, "@id"));
    }
    return object != nullptr && text_at(*object, "@type") == "Person";
}

std::string image_of(json::object const& object) {
    for (auto const* const key : {"image", "thumbnailUrl"}) {
        auto const* image = object.if_contains(key);
        if (image != nullptr && image->is_array() && !image->as_array().empty()) {
            image = &image->as_array()[0];
        }
        if (image == nullptr) {
            continue;
        }
        if (auto const* const one = image->if_object()) {
            auto url = text_at(*one, "url");
            return url.empty() ? text_at(*one, "contentUrl") : url;
        }
        return text_of(*image);
    }
    return {};
}

// A list, or one string with commas.
std::vector<std::string> keywords_of(json::object const& object) {
    std::vector<std::string> found;
    auto const* const keywords = object.if_contains("keywords");
    if (keywords == nullptr) {
        return found;
    }
    if (auto const* const list = keywords->if_array()) {
        for (auto const& one : *list) {
            found.push_back(text_of(one));
        }
    } else if (keywords->is_string()) {
        auto const all = text_of(*keywords);
        for (auto const part : split(all, ',')) {
            found.emplace_back(trim(part));
        }
    }
    return found;
}

// What `found` does not know yet.
void Reader::fill(JsonLd& found, json::object const& object) const {
    auto text = [&](std::string& field, std::initializer_list<char const*> keys) {
        for (auto const* const key : keys) {
            if (field.empty()) {
                field = text_at(object, key);
            }
        }
    };
    text(found.headline, {"headline", "name"});
    text(found.description, {"description"});
    text(found.article_body, {"articleBody", "text"});
    text(found.date_published, {"datePublished", "dateCreated", "uploadDate"});
    text(found.date_modified, {"dateModified"});
    text(found.url, {"url"});
    text(found.language, {"inLanguage"});
    text(found.section, {"articleSection"});
    text(found.site_name, {"publisher"});
    if (found.image.empty()) {
        found.image = image_of(object);
    }
    if (found.keywords.empty()) {
        found.keywords = keywords_of(object);
    }
    for (auto const* const key : {"author", "creator"}) {
        if (auto const* const author = object.if_contains(key); author != nullptr && found.authors.empty()) {
            people(*author, found.authors);
            found.authors_are_persons = is_person(*author);
        }
    }
}

// Articles first; a web page beside one only fills its gaps, and that only when it has no date.
JsonLd Reader::finish() {
    JsonLd found;
    std::stable_sort(things_.begin(), things_.end(),
                     [](Thing const& a, Thing const& b) { return a.type > b.type; });
    for (auto const& thing : things_) {
        if (found.is_article && thing.type != Type::article && !found.date_published.empty()) {
            break;
        }
        found.is_article = found.is_article || thing.type == Type::article;
        fill(found, thing.object);
    }
    return found;
}

}  // namespace

JsonLd read_json_ld(Tree const& tree) {
    Reader reader;
    for (NodeId i = 1; i < tree.size(); ++i) {
        auto const& node = tree[i];
        if (node.kind != Node::Kind::raw || !tree[node.parent].is(tag_script)) {
            continue;
        }
        if (find_ignoring_case(tree[node.parent].source, "ld+json") != std::string_view::npos) {
            reader.script(node.source);
        }
    }
    return reader.finish();
}

}  // namespace newswired::articles::page
