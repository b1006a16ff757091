pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Policies, questions many ask, announcements: the list, or the one that is being read.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property ArticlesController articles: kiosk.articles

    title: articles.reading ? GsWords.both(articles.title, articles.titleEn, GsTheme.english) : qsTr("政策和常见问题")
    subtitle: articles.reading ? "" : qsTr("存在这台机器里，没有网络也能看。具体以部门最新公布的为准。")
    backText: articles.reading ? qsTr("返回列表") : qsTr("返回首页")
    onBack: {
        if (articles.reading)
            articles.open("");
        else
            kiosk.visit.go("back");
    }

    function kindName(kind: string): string {
        return ({
                policy: qsTr("政策"),
                question: qsTr("常见问题"),
                news: qsTr("公告")
            })[kind] ?? "";
    }

    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }

    // the list
    GsSearchField {
        objectName: "articleSearch"
        visible: !screen.articles.reading
        Layout.fillWidth: true
        placeholderText: qsTr("想知道什么？例如：异地就医")
        onTextChanged: screen.articles.search(text)
    }
    GsText {
        objectName: "articlesNone"
        visible: !screen.articles.reading && screen.articles.rows.count === 0
        Layout.fillWidth: true
        text: screen.articles.query === "" ? qsTr("这里还没有文章。") : qsTr("没有找到“%1”。换个说法试试，或者打 %2 问一问。").arg(screen.articles.query).arg(screen.kiosk.board.hotline)
        soft: true
    }
    GridLayout {
        visible: !screen.articles.reading
        Layout.fillWidth: true
        columns: GsTheme.portrait || GsTheme.elder ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: screen.articles.rows
            GsChoice {
                required property string name
                required property string kind
                required property string title
                required property string titleEn
                required property string source
                required property string sourceEn
                required property string asOf
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "article_" + name
                text: GsWords.both(title, titleEn, GsTheme.english)
                note: qsTr("%1 · %2 · 数据截至 %3").arg(screen.kindName(kind)).arg(GsWords.both(source, sourceEn, GsTheme.english)).arg(GsWords.day(asOf))
                iconName: ({
                        policy: "gavel",
                        question: "help-circle"
                    })[kind] ?? "file-text"
                onClicked: screen.articles.open(name)
            }
        }
    }

    // the one being read
    GsChineseNote {
        visible: screen.articles.reading && screen.articles.chineseOnly && GsTheme.english
        Layout.fillWidth: true
    }
    GsCard {
        objectName: "articleText"
        visible: screen.articles.reading
        Layout.fillWidth: true
        raised: true
        padding: GsTheme.px(GsTheme.compact ? 28 : 40)
        Repeater {
            model: screen.articles.paragraphs
            GsText {
                required property string body
                Layout.fillWidth: true
                text: body
                lineHeight: 1.5
            }
        }
        GsText {
            objectName: "articleSource"
            Layout.fillWidth: true
            Layout.topMargin: GsTheme.gap
            text: [qsTr("来源：%1").arg(GsWords.both(screen.articles.source, screen.articles.sourceEn, GsTheme.english)), screen.articles.number, qsTr("数据截至 %1").arg(GsWords.day(screen.articles.asOf))].filter(part => part !== "").join("　")
            role: "small"
            soft: true
        }
    }
    GsText {
        visible: screen.articles.reading && screen.articles.items.count > 0
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        text: qsTr("这里能办的")
        role: "lead"
        strong: true
    }
    GsItemList {
        visible: screen.articles.reading
        Layout.fillWidth: true
        prefix: "about"
        items: screen.articles.items
        onChosen: code => screen.articles.choose(code)
    }
}
